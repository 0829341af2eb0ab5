package dealbrain.catalog;

import dealbrain.http.VersionedResource;
import dealbrain.json.SharedValue;
import java.time.Instant;

/** A thing of the catalog, as it is stored. Its natural key is unique within its kind. */
public sealed interface Part extends VersionedResource, SharedValue
        permits Cpu, Gpu, RamSpec, StorageProfile, PortsProfile, ScoringProfile, Ruleset {
    long id();

    long rowVersion();

    Instant createdAt();

    Instant updatedAt();

    @Override
    default long version() {
        return rowVersion();
    }
}
