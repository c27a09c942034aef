package dev.pgoperator.config;

import dev.pgoperator.config.AddOnSettings.Pooler;
import dev.pgoperator.config.AddOnSettings.PoolerSession;
import dev.pgoperator.config.ServerSettings.Instances;

/**
 * Rules between options; the reference refuses to start over them, we fall back and report (api.md
 * §2.2).
 */
final class CrossChecks {

  private CrossChecks() {}

  static OperatorConfig apply(OperatorConfig config, ConfigSource source) {
    return poolerUser(instances(config, source), source);
  }

  private static OperatorConfig instances(OperatorConfig c, ConfigSource source) {
    ServerSettings s = c.server();
    int least = s.instances().least();
    int most = s.instances().most();
    if (least <= 0 || most <= 0 || least <= most) {
      return c;
    }
    source.problem(
        source.path("", "min_instances"), "" + least, "at most max_instances, which is " + most);
    ServerSettings unbounded =
        new ServerSettings(
            s.consensus(),
            s.upgrade(),
            s.maintenance(),
            new Instances(-1, -1),
            s.storage(),
            s.archive());
    return new OperatorConfig(
        c.operator(), c.objects(), c.pods(), unbounded, c.roles(), c.addOns());
  }

  private static OperatorConfig poolerUser(OperatorConfig c, ConfigSource source) {
    Pooler p = c.addOns().pooler();
    if (!p.session().user().equals(c.roles().system().superuser())) {
      return c;
    }
    source.problem(
        source.path("connection_pooler", "connection_pooler_user"),
        "the name of the superuser",
        "a role of its own");
    PoolerSession session =
        new PoolerSession(
            p.session().schema(), "pooler", p.session().mode(), p.session().maxDbConnections());
    AddOnSettings addOns =
        new AddOnSettings(
            new Pooler(p.instances(), session, p.image(), p.resources()),
            c.addOns().logicalBackup(),
            c.addOns().scalyr());
    return new OperatorConfig(c.operator(), c.objects(), c.pods(), c.server(), c.roles(), addOns);
  }
}
