"""Where Patroni keeps the cluster's state: objects of the Kubernetes API."""
from .environment import ConfigurationError


def kubernetes(environment):
  """Patroni's `kubernetes` section. Endpoints by default, ConfigMaps on request."""
  if not environment.flag('DCS_ENABLE_KUBERNETES_API'):
    raise ConfigurationError('this image keeps its state in Kubernetes only: DCS_ENABLE_KUBERNETES_API must be true')
  endpoints = not environment.flag('KUBERNETES_USE_CONFIGMAPS')
  section = {
    'namespace': environment.text('POD_NAMESPACE', 'default'),
    'labels': environment.document('KUBERNETES_LABELS', {'application': 'spilo'}),
    'scope_label': environment.text('KUBERNETES_SCOPE_LABEL', 'version'),
    'role_label': environment.text('KUBERNETES_ROLE_LABEL', 'spilo-role'),
    'leader_label_value': environment.text('KUBERNETES_LEADER_LABEL_VALUE', 'master'),
    'standby_leader_label_value': environment.text('KUBERNETES_STANDBY_LEADER_LABEL_VALUE', 'master'),
    'pod_ip': environment.address,
    'use_endpoints': endpoints,
    'bypass_api_service': environment.flag('KUBERNETES_BYPASS_API_SERVICE', True),
  }
  if endpoints:
    # The Service in front of the leader's Endpoints has a port of this name; the two must agree.
    section['ports'] = [{'name': 'postgresql', 'port': int(environment.text('PGPORT', '5432'))}]
  labels = environment.document('KUBERNETES_BOOTSTRAP_LABELS', {})
  if labels:
    section['bootstrap_labels'] = labels   # Patroni 4.0 does not know it and takes no notice
  return section
