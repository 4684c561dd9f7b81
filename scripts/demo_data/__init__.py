"""The demo data: two made-up firms whose customers tell the stories that marketers know."""
