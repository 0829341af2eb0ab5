package dealbrain.catalog;

import dealbrain.catalog.PartDao.FoundName;
import dealbrain.catalog.PartDao.MissingName;
import dealbrain.catalog.PartResolution.Basis;
import dealbrain.database.Transactions;
import dealbrain.json.InputError.Candidate;
import dealbrain.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Finds the stored parts that names mean. Of the names that may be meant, the database returns a few. */
final class PartNames {
    private static final int BATCH = 1000;
    private static final int MAX_CANDIDATES = 5;
    /** A name that agrees in fewer first characters with the given one is not offered. */
    private static final int MIN_PREFIX = 3;

    /** A given name for the statement that finds it. */
    private record Given(
            int number, String name, String key, List<String> words, List<String> models, boolean specific) {
        static Given of(int number, String name, PartKind<?, ?> kind) {
            PartName form = PartName.of(kind, name);
            return new Given(
                    number, name.strip(), form.key(), form.required(kind), form.models(), form.isSpecific(kind));
        }
    }

    /** The form of the name of a stored part. The id is null if only the database knows it. */
    private record Stored(@Nullable Long id, String name, String key, List<String> words) {
        static Stored of(@Nullable Long id, String name, PartKind<?, ?> kind) {
            PartName form = PartName.of(kind, name);
            return new Stored(id, name, form.key(), form.indexed(kind));
        }
    }

    private PartNames() {}

    /** Returns the forms of the names of parts, as JSON for the statements that write parts. */
    static String forms(PartKind<?, ?> kind, Stream<String> names) {
        return Json.text(
                names.distinct().map(name -> Stored.of(null, name, kind)).toList());
    }

    /**
     * Adds the normalised names of parts that have none, in batches of one transaction each. Skips those that another
     * instance is normalising. Returns their number.
     */
    static int fill(Jdbi jdbi, PartKind<?, ?> kind) {
        PartDao dao = jdbi.onDemand(PartDao.class);
        int filled = 0;
        List<MissingName> batch = List.of();
        do {
            long last = batch.isEmpty() ? Long.MIN_VALUE : batch.getLast().id(); // the index still has those before
            batch = Transactions.inTransaction(jdbi, () -> fillBatch(dao, kind, last));
            filled += batch.size();
        } while (batch.size() == BATCH);
        return filled;
    }

    private static List<MissingName> fillBatch(PartDao dao, PartKind<?, ?> kind, long last) {
        List<MissingName> missing = dao.lockMissingNames(kind, last, BATCH);
        if (!missing.isEmpty()) {
            dao.fillNames(
                    kind,
                    Json.text(missing.stream()
                            .map(each -> Stored.of(each.id(), each.name(), kind))
                            .toList()));
        }
        return missing;
    }

    /** Returns what each of the names means. One statement, none if there are no names. */
    static Map<String, PartResolution> resolve(PartDao dao, PartKind<?, ?> kind, Collection<String> names) {
        List<String> distinct = names.stream().distinct().toList();
        if (distinct.isEmpty()) {
            return Map.of();
        }
        List<Given> given = IntStream.range(0, distinct.size())
                .mapToObj(number -> Given.of(number, distinct.get(number), kind))
                .toList();
        Map<Integer, List<FoundName>> found = new HashMap<>();
        dao.findNames(kind, Json.text(given))
                .forEach(each -> found.computeIfAbsent(each.number(), _ -> new ArrayList<>())
                        .add(each));
        Map<String, PartResolution> resolved = new HashMap<>();
        for (Given name : given) {
            List<FoundName> rows = found.getOrDefault(name.number(), List.of());
            resolved.put(distinct.get(name.number()), resolution(name, rows));
        }
        return resolved;
    }

    private static PartResolution resolution(Given given, List<FoundName> rows) {
        List<FoundName> named = matches(rows, "name");
        List<FoundName> equal =
                named.stream().filter(row -> row.name().equals(given.name())).toList();
        if (named.size() == 1 || equal.size() == 1) {
            return resolved(named.size() == 1 ? named : equal, Basis.NAME);
        }
        List<FoundName> worded = matches(rows, "words");
        if (named.isEmpty() && worded.size() == 1 && given.specific()) {
            return resolved(worded, Basis.WORDS);
        }
        if (!named.isEmpty() || !worded.isEmpty()) {
            return unresolved(Basis.AMBIGUOUS, Stream.concat(named.stream(), worded.stream()));
        }
        return unresolved(Basis.UNKNOWN, Stream.concat(matches(rows, "model").stream(), near(given.key(), rows)));
    }

    private static List<FoundName> matches(List<FoundName> rows, String match) {
        return rows.stream().filter(row -> row.match().equals(match)).toList();
    }

    private static PartResolution resolved(List<FoundName> rows, Basis basis) {
        return new PartResolution(rows.getFirst().id(), basis, List.of());
    }

    private static PartResolution unresolved(Basis basis, Stream<FoundName> rows) {
        List<Candidate> candidates = rows.map(row -> new Candidate(row.id(), row.name()))
                .distinct()
                .limit(MAX_CANDIDATES)
                .toList();
        return new PartResolution(null, basis, candidates);
    }

    /** Returns the neighbours of a key that begin like it, the most similar first, and of these the shortest. */
    private static Stream<FoundName> near(String key, List<FoundName> rows) {
        int least = Math.max(MIN_PREFIX, key.length() / 2);
        return matches(rows, "near").stream()
                .filter(row -> commonPrefix(key, row.key()) >= least)
                .sorted(Comparator.<FoundName>comparingInt(row -> -commonPrefix(key, row.key()))
                        .thenComparingInt(row -> row.key().length()));
    }

    private static int commonPrefix(String a, String b) {
        int length = 0;
        while (length < Math.min(a.length(), b.length()) && a.charAt(length) == b.charAt(length)) {
            length++;
        }
        return length;
    }
}
