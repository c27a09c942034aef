"""The server's certificate: given as files, given as text, or made here."""
import os
import subprocess

from .files import give_to_postgres, write_for_postgres

# variable of the contract, Postgres parameter, file name for contents
PARTS = (
  ('SSL_CERTIFICATE', 'ssl_cert_file', 'server.crt'),
  ('SSL_PRIVATE_KEY', 'ssl_key_file', 'server.key'),
  ('SSL_CA', 'ssl_ca_file', 'ca.crt'),
  ('SSL_CRL', 'ssl_crl_file', 'server.crl'),
)


def parameters(environment):
  """The `ssl_…_file` parameters, without touching any file."""
  folder = f'{environment.run}/certs'
  found = {}
  for variable, parameter, name in PARTS:
    path = environment.text(f'{variable}_FILE')
    if not path and (environment.text(variable) or parameter in ('ssl_cert_file', 'ssl_key_file')):
      path = f'{folder}/{name}'
    if path:
      found[parameter] = path
  return found


def provide(environment):
  """Writes what came as text, and a self-signed pair where the default files would be missing."""
  paths = parameters(environment)
  for variable, parameter, _ in PARTS:
    if environment.text(variable) and not environment.text(f'{variable}_FILE'):
      write_for_postgres(paths[parameter], environment.text(variable) + '\n')
  certificate, key = paths['ssl_cert_file'], paths['ssl_key_file']
  given = any(environment.text(name) for name in ('SSL_CERTIFICATE_FILE', 'SSL_PRIVATE_KEY_FILE'))
  if given or os.path.exists(certificate):
    return
  # An elliptic key, because an RSA key can take a second that every first start of a pod would wait for.
  subprocess.run(
    ['openssl', 'req', '-x509', '-nodes', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1',
     '-days', '3650', '-subj', '/CN=spilo.example.org', '-keyout', key, '-out', certificate],
    check=True, capture_output=True)
  for path, mode in ((key, 0o600), (certificate, 0o644)):
    os.chmod(path, mode)
    give_to_postgres(path)
