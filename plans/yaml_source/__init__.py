"""YAML files read into models, with what is wrong told by line and field in both languages."""

from plans.yaml_source.problems import Path, Problem, Problems, unknown_name, worded
from plans.yaml_source.source import Source, read_yaml

__all__ = ["Path", "Problem", "Problems", "Source", "read_yaml", "unknown_name", "worded"]
