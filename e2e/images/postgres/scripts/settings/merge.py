"""How a configuration given by the user meets the one that the image would make."""


def merged(ours, given):
  """The two as one: objects are joined key by key, anything else (lists too) is replaced by what was given."""
  if isinstance(ours, dict) and isinstance(given, dict):
    return {**ours, **{key: merged(ours.get(key), value) for key, value in given.items()}}
  return given
