"""Makes dbt do less of what tests do not need, with the same results."""

from functools import wraps
from importlib import import_module
from threading import get_ident

from dbt.adapters.base.impl import BaseAdapter
from dbt.clients import jinja_static
from dbt.parser import models, unit_tests
from dbt_common.clients.jinja import MacroFuzzEnvironment, get_template
from dbt_common.events.base_types import BaseEvent, EventLevel
from dbt_common.events.event_manager import EventManager
from dbt_extractor import ExtractionError
from jinja2 import Environment, TemplateSyntaxError, nodes
from sqlparse.engine import FilterStack


def make_lean():
    """Each of these is up to a tenth of a run's time.

    A text of Jinja is compiled once, where dbt does so at each parse and for each unit test. What
    dbt would say for debugging is put into words only if some log takes it. And where dbt looks
    for the word WITH of a query, it takes the query's words one by one, without the tree of them.
    The names that a macro of the adapter sees, such as the one that drops a table, are gathered
    once for each thread, where dbt does so at each call.
    """
    Environment.compile = remembering(Environment.compile)
    MacroFuzzEnvironment._parse = remembering(MacroFuzzEnvironment._parse)
    EventManager.fire_event = unless_unheard(EventManager.fire_event)
    BaseEvent.__init__, BaseEvent.__getattr__ = when_asked(BaseEvent.__init__)
    FilterStack.enable_grouping = lambda stack: None
    set_generator = BaseAdapter.set_macro_context_generator
    BaseAdapter.set_macro_context_generator = lambda adapter, generate: set_generator(
        adapter, once_a_thread(generate)
    )


def make_forkable():
    """Lets forks of a process that has parsed a project parse others, in a third of the time."""
    for module in (jinja_static, models, unit_tests):
        module.py_extract_from_source = reference


def warm_up(manifest):
    """What each fork would do again: compile the macros that no parse calls, and import what Python
    models do."""
    for macro in manifest.macros.values():
        get_template(macro.macro_sql, {}, macro)
    for name in ("numpy", "pandas", "pyarrow", "scipy.sparse.csgraph", "scipy.special"):
        import_module(name)


def remembering(method):
    """A method that is called once for each class of environment and each text."""
    answers = {}

    @wraps(method)
    def answer(environment, *args, **kwargs):
        key = (type(environment), args, tuple(sorted(kwargs.items())))
        if key not in answers:
            answers[key] = method(environment, *args, **kwargs)
        return answers[key]

    return answer


def unless_unheard(fire_event):
    """Without events of debugging where no log takes them; callbacks of dbt wait for warnings."""

    @wraps(fire_event)
    def fire(manager, event, level=None, *args, **kwargs):
        is_for_debugging = (level or event.level_tag()) == EventLevel.DEBUG
        if not is_for_debugging or any(log.level == EventLevel.DEBUG for log in manager.loggers):
            fire_event(manager, event, level, *args, **kwargs)

    return fire


def once_a_thread(generate):
    """A generator of contexts that makes that of each macro once for each thread."""
    contexts = {}

    @wraps(generate)
    def context(macro, config, resolver, project):
        key = (get_ident(), macro.unique_id, id(config), id(resolver), project)
        if key not in contexts:
            contexts[key] = generate(macro, config, resolver, project)
        return contexts[key]

    return context


def when_asked(init):
    """Methods of an event that, if it is for debugging, is put together as soon as it is read."""

    @wraps(init)
    def keep(event, *args, **kwargs):
        if event.level_tag() == EventLevel.DEBUG:
            event.__dict__["said"] = args, kwargs
        else:
            init(event, *args, **kwargs)

    def read(event, name):
        if "pb_msg" not in event.__dict__:
            args, kwargs = event.__dict__["said"]
            init(event, *args, **kwargs)
        message = event.__dict__["pb_msg"]
        return message if name == "pb_msg" else getattr(message, name)

    return keep, read


def reference(text):
    """The ref or source that a text consists of, in the form of dbt's extractor.

    That one starts threads, for which a fork would wait in vain. Models, which are more than a
    reference, are rendered, as dbt renders what the extractor cannot read.
    """
    try:
        body = Environment().parse(text).body
    except TemplateSyntaxError as error:
        raise ExtractionError(str(error)) from error
    found = {"refs": [], "sources": set(), "configs": []}
    match body:
        case [nodes.Output(nodes=[nodes.Call(node=nodes.Name(name="ref")) as call])]:
            *package, name = (argument.as_const() for argument in call.args)
            version = [option.value.as_const() for option in call.kwargs]
            found["refs"].append(
                {"name": name}
                | ({"package": package[0]} if package else {})
                | ({"version": version[0]} if version else {})
            )
        case [nodes.Output(nodes=[nodes.Call(node=nodes.Name(name="source")) as call])]:
            found["sources"].add(tuple(argument.as_const() for argument in call.args))
        case _:
            raise ExtractionError("The text is neither a ref nor a source")
    return found
