package dealbrain.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.catalog.PartRows.PartRow;
import dealbrain.csv.CsvFile;
import dealbrain.database.Transactions;
import dealbrain.database.UniqueKeys;
import dealbrain.json.InputSchemas;
import dealbrain.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;

/**
 * The parts that a new server starts with: processors and graphics cards of used office and mini PCs, scoring profiles
 * and a ruleset, from the resources {@code starter-*}. The processors have facts that the makers publish; what is not
 * the same in each machine, such as a TDP that the builder of the PC chooses, is null. Benchmark marks are null, too:
 * the administrator imports them. Thread-safe.
 */
final class StarterCatalog {
    private final Jdbi jdbi;
    private final StarterCatalogDao dao;
    private final UniqueKeys keys;
    private final PartService parts;

    StarterCatalog(Jdbi jdbi, PartService parts) {
        this.jdbi = jdbi;
        this.dao = jdbi.onDemand(StarterCatalogDao.class);
        this.keys = jdbi.onDemand(UniqueKeys.class);
        this.parts = parts;
    }

    /** Implements {@link Catalog#isUnused}. */
    boolean isUnused() {
        return dao.isUnused();
    }

    /** Implements {@link Catalog#addStarterCatalog}. */
    int add() {
        InputSchemas schemas = new InputSchemas();
        List<CpuInput> cpus = table(PartKind.CPU, schemas, "starter-cpus.csv");
        List<GpuInput> gpus = table(PartKind.GPU, schemas, "starter-gpus.csv");
        JsonNode valuation = Json.parse(resource("starter-valuation.json"));
        List<ScoringProfileInput> profiles = members(PartKind.SCORING_PROFILE, schemas, valuation, "scoring_profiles");
        List<RulesetInput> rulesets = members(PartKind.RULESET, schemas, valuation, "rulesets");
        return Transactions.inTransaction(jdbi, () -> {
            keys.lock();
            if (dao.markAdded() == 0) {
                return 0;
            }
            parts.insertMissing(PartKind.CPU, cpus);
            parts.insertMissing(PartKind.GPU, gpus);
            insertRulesets(rulesets);
            parts.findOrCreateProfiles(profiles);
            return cpus.size() + gpus.size() + rulesets.size() + profiles.size();
        });
    }

    private void insertRulesets(List<RulesetInput> rulesets) {
        parts.insertMissing(
                PartKind.RULESET,
                rulesets.stream().map(ruleset -> ruleset.withDefault(false)).toList());
        rulesets.stream().filter(RulesetInput::isDefault).forEach(ruleset -> dao.makeDefaultIfNone(ruleset.name()));
    }

    static <I extends Record & PartInput> List<I> table(PartKind<?, I> kind, InputSchemas schemas, String resource) {
        CsvFile file = CsvFile.read(resource(resource), Integer.MAX_VALUE);
        return PartRows.read(kind, schemas, file).stream().map(PartRow::input).toList();
    }

    private static <I extends Record & PartInput> List<I> members(
            PartKind<?, I> kind, InputSchemas schemas, JsonNode document, String member) {
        return document.path(member)
                .valueStream()
                .map(part -> schemas.bind(part, kind.input()))
                .toList();
    }

    private static byte[] resource(String name) {
        try (InputStream in =
                Objects.requireNonNull(StarterCatalog.class.getResourceAsStream(name), "resource " + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
