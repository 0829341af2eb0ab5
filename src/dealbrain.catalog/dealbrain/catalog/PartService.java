package dealbrain.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.accounts.AuditAction;
import dealbrain.accounts.AuditLog;
import dealbrain.accounts.AuditTarget;
import dealbrain.accounts.User;
import dealbrain.catalog.CatalogHandler.PartQuery;
import dealbrain.database.ConstraintViolation;
import dealbrain.database.PageRange;
import dealbrain.database.PagedRows;
import dealbrain.database.Transactions;
import dealbrain.database.UniqueKeys;
import dealbrain.database.Words;
import dealbrain.database.WordsTable;
import dealbrain.http.IfMatch;
import dealbrain.http.ListCursors;
import dealbrain.http.PagedList;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import dealbrain.json.InputError;
import dealbrain.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;

/** The rules of the catalog, the same for each kind of part. Thread-safe. */
final class PartService {
    static final ProblemType DUPLICATE_COMPONENT = ProblemType.conflict(
            "duplicate-component",
            "The component exists already",
            "The catalog has a component of this kind with the same natural key. Find it with q and use its id.");
    static final ProblemType COMPONENT_IN_USE = ProblemType.conflict(
            "component-in-use",
            "The component is in use",
            "Listings refer to this component. Give them another component first.");

    private final Jdbi jdbi;
    private final PartDao dao;
    private final UniqueKeys keys;
    private final AuditLog audit;

    PartService(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.dao = jdbi.onDemand(PartDao.class);
        this.keys = jdbi.onDemand(UniqueKeys.class);
        this.audit = new AuditLog(jdbi);
    }

    /** Returns a page of the parts whose names contain all words of {@code q}, ordered by id. One statement. */
    <P extends Part> PagedList<P> list(PartKind<P, ?> kind, PartQuery query) {
        ListCursors cursors = new ListCursors(query, kind.path());
        PagedRows<P> found = dao.list(
                kind,
                Words.query(query.q()),
                cursors.startOfLowest(),
                new PageRange(query.limit(), query.offset(), query.count().maxRows()));
        return PagedList.of(query, found.rows(), found.counted(), found.next(part -> cursors.after(part.id())));
    }

    /**
     * Returns a part. One statement.
     *
     * @throws ProblemException not found
     */
    <P extends Part> P get(PartKind<P, ?> kind, long id) {
        return dao.find(kind, id).orElseThrow(() -> notFound(kind, id));
    }

    /**
     * Creates a part. One statement.
     *
     * @throws ProblemException invalid, duplicate component
     */
    <P extends Part, I extends Record & PartInput> P create(PartKind<P, I> kind, I input) {
        String valid = validated(input);
        return unique(kind, () -> dao.insert(kind, valid, texts(kind, List.of(input))));
    }

    private static PartDao.Texts texts(PartKind<?, ?> kind, List<? extends PartInput> parts) {
        List<String> texts = parts.stream().map(kind::searchedText).toList();
        return new PartDao.Texts(Json.text(WordsTable.vectors(texts)), PartNames.forms(kind, texts.stream()));
    }

    /** Adds the words and the normalised names of parts that were written without; returns their number. */
    int fillWords() {
        return PartKind.all().stream()
                .mapToInt(kind -> kind.statements().words.fill(jdbi) + PartNames.fill(jdbi, kind))
                .sum();
    }

    /** Returns what each of the names means. One statement, none if there are no names. */
    Map<String, PartResolution> resolve(PartKind<?, ?> kind, Collection<String> names) {
        return PartNames.resolve(dao, kind, names);
    }

    private static String validated(PartInput input) {
        List<InputError> errors = input.errors();
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return Json.text(input);
    }

    /**
     * Changes a part under a row lock, and records in the audit log which members. Four statements.
     *
     * @throws ProblemException not found, precondition failed, invalid, duplicate component, and what
     *                          {@code edit} throws
     */
    <P extends Part, I extends Record & PartInput> P update(
            User admin, PartKind<P, I> kind, long id, IfMatch condition, UnaryOperator<I> edit) {
        return Transactions.inTransaction(jdbi, () -> {
            keys.lock(); // before the part, which writers of listings lock while they have the lock of the keys
            PartDao.LockedPart locked = dao.lockToUpdate(kind, id).orElseThrow(() -> notFound(kind, id));
            condition.require(locked);
            I stored = Json.read(locked.input(), kind.input());
            I changed = edit.apply(stored);
            String valid = validated(changed);
            P updated = unique(kind, () -> dao.update(kind, id, valid, texts(kind, List.of(changed))));
            audit.record(
                    AuditAction.PART_CHANGED,
                    admin,
                    AuditTarget.of(kind.table(), id),
                    Map.of("members", differences(stored, changed)));
            return updated;
        });
    }

    /** Returns the names of the members that differ. */
    private static List<String> differences(Object stored, Object changed) {
        JsonNode before = Json.tree(stored);
        return Json.tree(changed).properties().stream()
                .filter(member -> !member.getValue().equals(before.path(member.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Deletes a part that no listing refers to, and records it in the audit log. Four statements.
     *
     * @throws ProblemException not found, precondition failed, component in use
     */
    void delete(User admin, PartKind<?, ?> kind, long id, IfMatch condition) {
        Transactions.useTransaction(jdbi, () -> {
            keys.lock(); // before the part: an import waits for the part while it has the lock of the keys
            condition.require(dao.lockToDelete(kind, id).orElseThrow(() -> notFound(kind, id)));
            ConstraintViolation.translate(
                    () -> dao.delete(kind, id), ConstraintViolation::isForeignKey, _ -> inUse(kind));
            audit.record(AuditAction.PART_DELETED, admin, AuditTarget.of(kind.table(), id), Map.of());
        });
    }

    /**
     * Returns the ids of parts in their order, creating those that do not exist. Two statements, in the caller's
     * transaction.
     *
     * @throws ConcurrentModificationException if a part was deleted between the two statements
     */
    List<Long> findOrCreate(PartKind<?, ?> kind, List<? extends PartInput> parts) {
        String inputs = insertMissing(kind, parts);
        List<Long> ids = dao.findIds(kind, inputs);
        if (ids.size() != parts.size()) {
            throw new ConcurrentModificationException("a part was deleted while it was imported");
        }
        return ids;
    }

    /**
     * Returns the id of each part, creating those that do not exist, in the caller's transaction. One statement for
     * each kind, one more if any part is missing, and two more for each kind of which one is.
     *
     * @throws ConcurrentModificationException if a part was deleted in the meantime
     */
    Map<DescribedPart, Long> findOrCreate(Map<PartKind<?, ?>, List<DescribedPart>> described) {
        Map<DescribedPart, Long> ids = new HashMap<>();
        Map<PartKind<?, ?>, List<DescribedPart>> missing = new LinkedHashMap<>();
        described.forEach((kind, parts) -> {
            Map<Integer, Long> stored = dao.findStored(kind, Json.text(inputs(parts)));
            for (int i = 0; i < parts.size(); i++) {
                if (stored.containsKey(i)) {
                    ids.put(parts.get(i), stored.get(i));
                } else {
                    missing.computeIfAbsent(kind, _ -> new ArrayList<>()).add(parts.get(i));
                }
            }
        });
        if (!missing.isEmpty()) {
            keys.lock(); // the caller may write another unique key, of a listing
        }
        missing.forEach((kind, parts) -> {
            List<Long> created = findOrCreate(kind, inputs(parts));
            for (int i = 0; i < parts.size(); i++) {
                ids.put(parts.get(i), created.get(i));
            }
        });
        return ids;
    }

    private static List<PartInput> inputs(List<DescribedPart> parts) {
        return parts.stream().map(DescribedPart::input).toList();
    }

    /** Implements {@link Catalog#findOrCreateProfiles}. */
    List<Long> findOrCreateProfiles(List<ScoringProfileInput> profiles) {
        List<Long> ids = findOrCreate(
                PartKind.SCORING_PROFILE,
                profiles.stream().map(profile -> profile.withDefault(false)).toList());
        for (int i = 0; i < ids.size(); i++) {
            if (profiles.get(i).isDefault()) {
                dao.makeDefaultIfNone(ids.get(i));
            }
        }
        return ids;
    }

    /** Creates the parts that do not exist. One statement. Returns the parts as JSON. */
    String insertMissing(PartKind<?, ?> kind, List<? extends PartInput> parts) {
        String inputs = Json.text(parts);
        dao.insertMissing(kind, inputs, texts(kind, parts));
        return inputs;
    }

    private static ProblemException notFound(PartKind<?, ?> kind, long id) {
        return ProblemException.notFound(kind.name(), id);
    }

    private static ProblemException inUse(PartKind<?, ?> kind) {
        return new ProblemException(
                COMPONENT_IN_USE, "listings refer to this " + kind.name() + "; give them another one first");
    }

    private static <P> P unique(PartKind<?, ?> kind, Supplier<P> write) {
        return ConstraintViolation.translate(
                write, ConstraintViolation::isDuplicate, violation -> duplicate(kind, violation));
    }

    private static ProblemException duplicate(PartKind<?, ?> kind, ConstraintViolation violation) {
        String detail = violation.constraint().endsWith("_one_default_key")
                ? "another " + kind.name() + " is the default; remove is_default from that one first"
                : "the catalog has this " + kind.name() + " already; find it with q and use its id";
        return new ProblemException(DUPLICATE_COMPONENT, detail);
    }
}
