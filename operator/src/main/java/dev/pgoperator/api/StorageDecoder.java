package dev.pgoperator.api;

import dev.pgoperator.api.Storage.AdditionalVolume;
import dev.pgoperator.api.Storage.DataVolume;
import dev.pgoperator.api.Storage.Provisioning;
import dev.pgoperator.api.Storage.SubPath;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.Optional;

/** Decodes what concerns volumes. */
final class StorageDecoder {

  private StorageDecoder() {}

  static Storage decode(Fields spec) {
    spec.requirePresence("volume", "an object");
    return new Storage(
        spec.optional("volume", StorageDecoder::data)
            .orElseGet(
                () ->
                    new DataVolume(
                        "",
                        "",
                        Optional.empty(),
                        new SubPath("", false),
                        new Provisioning(0, 0, ""))),
        spec.objects("additionalVolumes", StorageDecoder::additional),
        spec.toggle("enableShmVolume"));
  }

  private static DataVolume data(Fields f) {
    f.requirePresence("size", "a quantity such as 10Gi");
    String size = f.text("size", Rules::quantity);
    if (f.has("size") && size.isEmpty()) {
      f.problem("size", "an empty text", "a quantity such as 10Gi");
    }
    return new DataVolume(
        size,
        f.text("storageClass"),
        f.core("selector", LabelSelector.class),
        subPath(f),
        new Provisioning(
            f.integer("iops", 0, Integer.MAX_VALUE),
            f.integer("throughput", 0, Integer.MAX_VALUE),
            f.text("type")));
  }

  private static SubPath subPath(Fields f) {
    return new SubPath(f.text("subPath"), f.flag("isSubPathExpr"));
  }

  private static AdditionalVolume additional(Fields f) {
    String name = f.requiredText("name");
    f.requirePresence("volumeSource", "an object");
    Volume source = f.core("volumeSource", Volume.class).orElseGet(Volume::new);
    source.setName(name);
    return new AdditionalVolume(
        name, f.requiredText("mountPath"), subPath(f), f.textList("targetContainers"), source);
  }
}
