package dealbrain.transfer;

import dealbrain.catalog.PartImportDao;
import dealbrain.catalog.PartInput;
import dealbrain.catalog.PartKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The ids of the stored parts that parts in files stand for. */
final class PartIds {
    static final PartIds NONE = new PartIds();

    private final Map<PartInput, Long> ids = new HashMap<>();

    private PartIds() {}

    /**
     * Finds the parts of the listings by their natural keys, and makes those that are not there; of parts with one key the first
     * counts. Two statements for each relation; to be called in a transaction.
     */
    static PartIds findOrCreate(PartImportDao dao, List<PortableListing> listings) {
        PartIds found = new PartIds();
        found.add(dao, PartKind.CPU, listings, PortableListing::cpu);
        found.add(dao, PartKind.GPU, listings, PortableListing::gpu);
        found.add(dao, PartKind.PORTS_PROFILE, listings, PortableListing::portsProfile);
        found.add(dao, PartKind.SCORING_PROFILE, listings, PortableListing::activeProfile);
        found.add(dao, PartKind.RULESET, listings, PortableListing::ruleset);
        found.add(dao, PartKind.RAM_SPEC, listings, PortableListing::ramSpec);
        found.add(dao, PartKind.STORAGE_PROFILE, listings, PortableListing::primaryStorageProfile);
        found.add(dao, PartKind.STORAGE_PROFILE, listings, PortableListing::secondaryStorageProfile);
        return found;
    }

    private void add(
            PartImportDao dao,
            PartKind kind,
            List<PortableListing> listings,
            Function<PortableListing, @Nullable PartInput> relation) {
        List<PartInput> named = listings.stream()
                .map(relation)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (!named.isEmpty()) {
            List<Long> stored = dao.findOrCreate(kind, named);
            for (int i = 0; i < named.size(); i++) {
                ids.put(named.get(i), stored.get(i));
            }
        }
    }

    /** Null for no part. */
    @Nullable
    Long of(@Nullable PartInput part) {
        return part == null ? null : ids.get(part);
    }
}
