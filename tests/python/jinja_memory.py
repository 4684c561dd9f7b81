"""Jinja that compiles a text once, in this process and those forked from it.

dbt compiles each macro and model anew whenever it parses a project: two thirds of the time.
"""

from functools import wraps

from dbt_common.clients.jinja import MacroFuzzEnvironment
from jinja2 import Environment


def remember_templates():
    Environment.compile = remembering(Environment.compile)
    MacroFuzzEnvironment._parse = remembering(MacroFuzzEnvironment._parse)


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
