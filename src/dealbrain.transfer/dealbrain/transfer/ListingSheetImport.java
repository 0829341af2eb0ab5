package dealbrain.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.accounts.User;
import dealbrain.catalog.Catalog;
import dealbrain.csv.CsvFile;
import dealbrain.database.ConstraintViolation;
import dealbrain.database.UniqueKeys;
import dealbrain.http.ProblemException;
import dealbrain.json.InputError;
import dealbrain.json.InputSchemas;
import dealbrain.json.Json;
import dealbrain.listings.Listings;
import dealbrain.transfer.ListingSheetReport.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/**
 * Imports the listings of a CSV file. A row with the marketplace and vendor item id of a listing of the user changes
 * that listing: its members in the columns of the file. Another row creates a listing, unless the user has one without
 * these two that it would not change. So a file that is imported again creates nothing. Thread-safe.
 *
 * <p>A dry run is the same transaction, rolled back. So is an import with an invalid row.
 */
final class ListingSheetImport {
    private static final int MAX_ERRORS = 100;

    private final ImportTransaction transaction;
    private final ListingSheetDao dao;
    private final UniqueKeys keys;
    private final Catalog catalog;
    private final Listings listings;
    private final InputSchemas schemas = new InputSchemas();

    ListingSheetImport(Jdbi jdbi, Catalog catalog, Listings listings) {
        this.transaction = new ImportTransaction(jdbi);
        this.dao = jdbi.onDemand(ListingSheetDao.class);
        this.keys = jdbi.onDemand(UniqueKeys.class);
        this.catalog = catalog;
        this.listings = listings;
    }

    /** Ends a transaction whose changes are not wanted. */
    private static final class RollbackException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient ListingSheetReport report;

        RollbackException(ListingSheetReport report) {
            super(null, null, false, false);
            this.report = report;
        }
    }

    /**
     * Imports all rows, or none if one is invalid. At most 17 statements.
     *
     * @return what was done with each row; for a dry run, what an import would do
     * @throws ProblemException invalid, with up to 100 errors, unless this is a dry run; duplicate listing
     */
    ListingSheetReport run(User owner, CsvFile file, boolean dryRun) {
        ListingSheet sheet = ListingSheet.read(file, schemas);
        ListingSheetReport report = ConstraintViolation.translate(
                () -> report(owner, sheet, dryRun),
                violation -> violation.constraint().equals(Listings.UNIQUE_KEY),
                _ -> Listings.duplicate());
        if (!dryRun && report.invalid() > 0) {
            throw ProblemException.invalid(errors(report));
        }
        return report;
    }

    private ListingSheetReport report(User owner, ListingSheet sheet, boolean dryRun) {
        try {
            return transaction.run(() -> {
                List<SheetRow> rows = sheet.rows().stream().map(SheetRow::copy).toList();
                write(owner, rows);
                ListingSheetReport report = ListingSheetReport.of(sheet, rows, dryRun);
                if (dryRun || report.invalid() > 0) {
                    throw new RollbackException(report);
                }
                return report;
            });
        } catch (RollbackException e) {
            return e.report;
        }
    }

    private static List<InputError> errors(ListingSheetReport report) {
        return report.rows().stream()
                .flatMap(row -> row.errors().stream().map(error -> error.input(row.row())))
                .limit(MAX_ERRORS)
                .toList();
    }

    private void write(User owner, List<SheetRow> all) {
        lock(owner, all.stream().filter(SheetRow::isValid).toList());
        keys.lock();
        SheetParts.resolve(catalog, schemas, all);
        List<SheetRow> rows = all.stream().filter(SheetRow::isValid).toList();
        update(owner, rows.stream().filter(row -> row.uniqueKey() != null).toList());
        skipEqual(owner, rows.stream().filter(row -> row.uniqueKey() == null).toList());
        create(owner, rows.stream().filter(row -> row.outcome() == null).toList());
    }

    /** Locks the listings before the unique keys, as a change of a listing does that also changes its key. */
    private void lock(User owner, List<SheetRow> valid) {
        List<SheetRow> rows =
                valid.stream().filter(row -> row.uniqueKey() != null).toList();
        if (!rows.isEmpty()) {
            dao.lockByKey(owner.id(), json(rows));
        }
    }

    private void update(User owner, List<SheetRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        Map<Integer, SheetRow> byNumber = byNumber(rows);
        List<Listings.Change> changes = new ArrayList<>();
        for (ListingSheetDao.Keyed found : dao.findByKey(owner.id(), json(rows))) {
            SheetRow row = Objects.requireNonNull(byNumber.get(found.number()));
            row.found(found.unchanged() ? Outcome.UNCHANGED : Outcome.UPDATED, found.id());
            if (!found.unchanged()) {
                changes.add(new Listings.Change(found.id(), row.members(), found.searched()));
            }
        }
        if (!changes.isEmpty()) {
            listings.changeAll(changes);
        }
    }

    private static Map<Integer, SheetRow> byNumber(List<SheetRow> rows) {
        return rows.stream().collect(Collectors.toMap(SheetRow::number, Function.identity()));
    }

    private static String json(List<SheetRow> rows) {
        return Json.text(rows.stream()
                .map(row -> new ListingSheetDao.Row(row.number(), row.members()))
                .toList());
    }

    private void skipEqual(User owner, List<SheetRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        Map<Integer, SheetRow> byNumber = byNumber(rows);
        Set<Long> taken = new HashSet<>();
        for (ListingSheetDao.Equal equal : dao.findEqual(owner.id(), json(rows))) {
            if (taken.add(equal.id())) {
                Objects.requireNonNull(byNumber.get(equal.number())).found(Outcome.UNCHANGED, equal.id());
            }
        }
    }

    private void create(User owner, List<SheetRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        List<ObjectNode> inputs = rows.stream().map(SheetRow::complete).toList();
        List<Long> ids = listings.createAll(owner, inputs.stream());
        for (int i = 0; i < rows.size(); i++) {
            rows.get(i).found(Outcome.CREATED, ids.get(i));
        }
    }
}
