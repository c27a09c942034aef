"""A Patroni member seen through its REST interface, and waiting with a deadline."""
import json
import time
import urllib.error
import urllib.request


class UpgradeFailed(Exception):
  """The upgrade cannot go on. The text is the last line that the operator shows to people."""


class Member:
  def __init__(self, address, port=8008):
    self.address = address
    self._root = f'http://{address}:{port}'

  def status(self):
    """What the member says of itself; an empty object when it does not answer."""
    try:
      return self._call('GET', '/patroni')
    except UpgradeFailed:
      return {}

  def cluster(self):
    return self._call('GET', '/cluster')

  def restart(self):
    self._call('POST', '/restart', {}, timeout=120)

  def pause(self, wanted):
    self._call('PATCH', '/config', {'pause': True if wanted else None})

  def _call(self, method, path, body=None, timeout=10):
    request = urllib.request.Request(self._root + path, method=method, data=None if body is None else json.dumps(body).encode())
    request.add_header('Content-Type', 'application/json')
    try:
      with urllib.request.urlopen(request, timeout=timeout) as response:
        text = response.read().decode()
    except urllib.error.HTTPError as answer:
      raise UpgradeFailed(f'Patroni of {self.address} answers {answer.code} to {method} {path}') from None
    except OSError as error:
      raise UpgradeFailed(f'Patroni of {self.address} does not answer to {method} {path}: {error}') from None
    return json.loads(text) if text.startswith('{') else {}


def await_true(condition, seconds, interval=0.3):
  """Asks until the answer is true; false when the time is over."""
  deadline = time.monotonic() + seconds
  while not condition():
    if time.monotonic() > deadline:
      return False
    time.sleep(interval)
  return True
