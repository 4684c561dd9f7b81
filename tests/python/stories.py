"""Raw rows of the stories of what changes between runs; each has persons of its own."""

EMAIL = {"utm_source": "newsletter", "utm_medium": "email"}
SEARCH = {"utm_source": "google", "utm_medium": "cpc"}
SOCIAL = {"utm_source": "facebook", "utm_medium": "paid_social"}
LATER = "2025-12-05 04:00:00"


def session(session_id, started_at, visitor, tags, **more):
    keys = {"session_id": session_id, "visitor_id": visitor, "started_at": started_at}
    return keys | {"engaged_seconds": "60", "loaded_at": started_at} | tags | more


def purchase(conversion_id, converted_at, visitor, **more):
    keys = {"conversion_id": conversion_id, "visitor_id": visitor, "converted_at": converted_at}
    # What later rows have besides: with a new column of the file all of it would be read anew.
    keys |= dict.fromkeys(["source_system", "user_id", "order_id", "status", "updated_at"])
    return keys | {"conversion_type": "purchase", "value": "10", "loaded_at": converted_at} | more


def stage(conversion_id, name, entered_at):
    return {"conversion_id": conversion_id, "stage": name, "entered_at": entered_at}


def start():
    """The raw tables of the first run."""
    return {
        "sessions": [
            session("late-1", "2025-03-01", None, EMAIL, user_id="late"),
            session("late-2", "2025-03-10", None, SEARCH, user_id="late"),
            session("moved-1", "2025-06-01", "moved-a", EMAIL),
            session("moved-2", "2025-06-02", "moved-a", SEARCH),
            session("cancelled-1", "2025-06-01", "cancelled", EMAIL),
            session("cancelled-2", "2025-06-02", "cancelled", SEARCH),
            session("merged-1", "2025-06-01", "merged-a", EMAIL),
            session("merged-2", "2025-06-02", "merged-b", SEARCH),
            session("split-1", "2025-06-01", "split-a", EMAIL),
            session("split-2", "2025-06-02", "split-a", SOCIAL, email="Split@x.com"),
            session("split-3", "2025-06-03", "split-b", SEARCH),
            session("window-1", "2025-05-01", "window", EMAIL),
            session("window-2", "2025-06-01", "window", SEARCH),
            session("rate-1", "2025-04-30", "rate", EMAIL),
            session("rate-2", "2025-06-09", "rate", SEARCH),
            session("shared-1", "2025-06-01", "shared", EMAIL),
            session("shared-2", "2025-06-03", "shared", SEARCH, user_id="shared-alice"),
            session("shared-3", "2025-06-05", "shared", SOCIAL),
            session("shared-4", "2025-06-07", "shared", SEARCH, user_id="shared-bob"),
            session("gone-1", "2025-06-01", "gone", EMAIL),
            session("gone-2", "2025-06-02", "gone", SEARCH, user_id="gone-alice"),
            session("gone-3", "2025-06-03", "gone", SOCIAL),
            session("gone-4", "2025-06-04", "gone", SEARCH, user_id="gone-bob"),
            session("clicked", "2025-06-09", "clicked", {}, landing_url="/?gclid=Late"),
            session("end", "2025-12-01", "end", {}),
        ],
        "conversions": [
            purchase("moved-a", "2025-06-10", "moved-a"),
            purchase("moved-b", "2025-06-10", "moved-b"),
            purchase("cancelled", "2025-06-10", "cancelled", order_id="cancelled"),
            purchase("merged", "2025-06-10", "merged-b"),
            purchase("split", "2025-06-10", "split-b"),
            purchase("shared-alice", "2025-06-10", None, user_id="shared-alice"),
            purchase("shared-bob", "2025-06-10", None, user_id="shared-bob"),
            purchase("gone-bob", "2025-06-10", None, user_id="gone-bob"),
            purchase("window", "2025-06-10", "window"),
            purchase("clicked", "2025-06-10", "clicked"),
            purchase("rate-old", "2025-05-01", "rate", value="100", currency_code="GBP"),
            purchase("rate-new", "2025-06-10", "rate", value="100", currency_code="GBP"),
        ],
        "crm_stages": [
            stage("moved-a", "lead", "2025-06-05"),
            stage("merged", "lead", "2025-06-05"),
        ],
        "identity_links": [link("visitor", "split-b", "email", "split@x.com")],
        "exchange_rates": [
            {"rate_date": "2025-01-01", "currency_code": "GBP", "rate": "1.20"},
        ],
        "ad_clicks": [{"parameter": "gclid", "click_id": "Other", "utm_campaign": "other",
                       "utm_content": "other", "utm_medium": "display"}],
        "ad_spend": [{"spend_date": "2025-06-01", "cost": "5"} | SEARCH],
        "erasure_requests": [{"id_type": "visitor", "id": "nobody"}],
    }  # fmt: skip


def link(left_type, left_id, right_type, right_id):
    columns = ("left_type", "left_id", "right_type", "right_id")
    return dict(zip(columns, (left_type, left_id, right_type, right_id)))


def change_rows(raw):
    """What the second run finds: every story of rows takes its turn."""
    for row in raw["sessions"]:
        if row["session_id"] == "moved-1":
            row |= {"visitor_id": "moved-b", "loaded_at": LATER}
    for row in raw["conversions"]:
        if row["conversion_id"] == "cancelled":
            row |= {"status": "cancelled", "updated_at": LATER, "loaded_at": LATER}
    raw["conversions"].append(
        {"conversion_id": "late", "source_system": "crm", "user_id": "late", "value": "900",
         "conversion_type": "enterprise_deal", "converted_at": "2025-04-01", "loaded_at": LATER}
    )  # fmt: skip
    raw["crm_stages"].append(stage("moved-a", "lead", "2025-06-01"))
    raw["identity_links"].append(link("visitor", "merged-a", "visitor", "merged-b"))
    raw["erasure_requests"].append({"id_type": "email", "id": "split@x.com"})
    raw["erasure_requests"].append({"id_type": "user", "id": "gone-alice"})
    raw["sessions"].append(
        session("shared-5", "2025-06-06", "shared", {}, user_id="shared-alice", loaded_at=LATER)
    )
