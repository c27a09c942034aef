"""Files that Postgres and Patroni must be able to read, whoever runs this."""
import os
import pwd


def write_for_postgres(path, text, mode=0o600):
  """Writes the file whole or not at all, owned by the user `postgres` where we may give files away."""
  draft = f'{path}.draft'
  with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), 'w', encoding='utf-8') as file:
    file.write(text)
  os.chmod(draft, mode)
  give_to_postgres(draft)
  os.replace(draft, path)


def give_to_postgres(path):
  if os.geteuid() == 0:
    entry = pwd.getpwnam('postgres')
    os.chown(path, entry.pw_uid, entry.pw_gid)
