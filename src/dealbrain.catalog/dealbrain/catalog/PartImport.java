package dealbrain.catalog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.accounts.AuditAction;
import dealbrain.accounts.AuditLog;
import dealbrain.accounts.AuditTarget;
import dealbrain.accounts.User;
import dealbrain.catalog.PartDao.KeyedName;
import dealbrain.catalog.PartRows.PartRow;
import dealbrain.csv.CsvFile;
import dealbrain.database.Transactions;
import dealbrain.database.UniqueKeys;
import dealbrain.http.ProblemException;
import dealbrain.json.InputError;
import dealbrain.json.InputSchemas;
import dealbrain.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/**
 * Creates and changes parts by a CSV file: all of its rows or none. A row changes the part that it names; blank cells
 * and columns that the file does not have change nothing. Thread-safe.
 */
final class PartImport {
    /** What an import did: the number of rows by their effect. */
    record PartImportReport(int created, int updated, int unchanged) {}

    /** A stored part and the row that names it. */
    private record Match(long id, ObjectNode members) {}

    private final Jdbi jdbi;
    private final PartDao dao;
    private final UniqueKeys keys;
    private final PartService parts;
    private final AuditLog audit;
    private final InputSchemas schemas = new InputSchemas();

    PartImport(Jdbi jdbi, PartService parts) {
        this.jdbi = jdbi;
        this.dao = jdbi.onDemand(PartDao.class);
        this.keys = jdbi.onDemand(UniqueKeys.class);
        this.parts = parts;
        this.audit = new AuditLog(jdbi);
    }

    /**
     * Imports a file in one transaction, and records it in the audit log. At most seven statements. Until its end, no
     * other transaction writes parts of this kind or listings.
     *
     * @throws ProblemException invalid, with up to 100 errors: those of {@link PartRows#read}, and names that fit
     *                          several parts or that an earlier row has
     */
    <I extends Record & PartInput> PartImportReport run(User admin, PartKind<?, I> kind, CsvFile file) {
        List<PartRow<I>> rows = PartRows.read(kind, schemas, file);
        return Transactions.inTransaction(jdbi, () -> {
            keys.lock();
            // Locks on rows could deadlock with a bulk of listings, which locks their CPUs in another order.
            dao.lockTable(kind);
            PartImportReport report = write(kind, rows);
            audit.record(
                    AuditAction.PARTS_IMPORTED,
                    admin,
                    AuditTarget.of(kind.table()),
                    Map.of("created", report.created(), "updated", report.updated()));
            return report;
        });
    }

    private <I extends Record & PartInput> PartImportReport write(PartKind<?, I> kind, List<PartRow<I>> rows) {
        Map<String, List<KeyedName>> stored =
                dao
                        .findKeys(
                                kind,
                                rows.stream()
                                        .map(row -> key(kind, row))
                                        .distinct()
                                        .toList())
                        .stream()
                        .collect(Collectors.groupingBy(KeyedName::key));
        List<InputError> errors = new ArrayList<>();
        Map<Object, Integer> earlier = new HashMap<>();
        List<Match> matches = new ArrayList<>();
        List<I> missing = new ArrayList<>();
        for (PartRow<I> row : rows) {
            String key = key(kind, row);
            List<Long> found = found(row.name(), stored.getOrDefault(key, List.of()));
            Integer first = earlier.putIfAbsent(
                    found.size() == 1 ? found.getFirst() : key, row.row().number());
            if (first != null) {
                errors.add(row.row().error("name", "name is that of row " + first + ", was " + shown(row)));
            } else if (found.size() > 1) {
                errors.add(row.row().error("name", "name fits " + found.size() + " parts, was " + shown(row)));
            } else if (found.isEmpty()) {
                missing.add(row.input());
            } else {
                matches.add(new Match(found.getFirst(), row.members()));
            }
        }
        PartRows.throwErrors(errors);
        int updated = update(kind, matches);
        if (!missing.isEmpty()) {
            parts.insertMissing(kind, missing);
        }
        return new PartImportReport(missing.size(), updated, matches.size() - updated);
    }

    private static String key(PartKind<?, ?> kind, PartRow<?> row) {
        return PartName.of(kind, row.name()).key();
    }

    /** Returns the id of the part with exactly this name, else of those with the same normalised name. */
    private static List<Long> found(String name, List<KeyedName> stored) {
        return stored.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .map(part -> List.of(part.id()))
                .orElseGet(() -> stored.stream().map(KeyedName::id).toList());
    }

    private static String shown(PartRow<?> row) {
        return InputError.abbreviated(row.name());
    }

    /** Updates the parts that differ from their rows; returns their number. */
    private int update(PartKind<?, ?> kind, List<Match> matches) {
        if (matches.isEmpty()) {
            return 0;
        }
        Map<Long, String> stored =
                dao.inputs(kind, matches.stream().map(Match::id).toList());
        ArrayNode changed = Json.object().arrayNode();
        for (Match match : matches) {
            ObjectNode before = Json.read(Objects.requireNonNull(stored.get(match.id())), ObjectNode.class);
            ObjectNode after = before.deepCopy();
            match.members().remove("name"); // as the part spells it
            after.setAll(match.members());
            if (!after.equals(before)) {
                changed.add(after.put("id", match.id()));
            }
        }
        if (!changed.isEmpty()) {
            dao.updateAll(kind, changed.toString());
        }
        return changed.size();
    }
}
