package dealbrain.transfer;

import dealbrain.accounts.Authentication;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import dealbrain.json.Default;
import dealbrain.listings.Listings;
import java.util.List;
import java.util.Map;

/** The endpoints that export and import the listings of a user. */
final class ListingTransferHandler {
    /** The formats that listings are exported to. */
    enum ListingFormat {
        CSV
    }

    /** The query of an export of listings. */
    record ListingExportQuery(@Default("\"csv\"") ListingFormat format) {}

    /** The query of an import of listings; a dry run checks the file and changes nothing. */
    record ListingImportQuery(@Default("false") boolean dryRun) {}

    private final Listings listings;
    private final ListingSheetImport imports;
    private final Authentication authentication;

    ListingTransferHandler(Listings listings, ListingSheetImport imports, Authentication authentication) {
        this.listings = listings;
        this.imports = imports;
        this.authentication = authentication;
    }

    void routes(Router router) {
        router.get("/api/v1/listings/export", this::export)
                .operation("exportListings")
                .summary("Export all your listings as a file")
                .query(ListingExportQuery.class)
                .produces("text/csv")
                .streams()
                .sends(List.of("Content-Disposition"))
                .returns(String.class);
        router.post("/api/v1/listings/import", this::importFile)
                .operation("importListings")
                .summary("Create and change your listings by a CSV file with up to 1000 rows")
                .query(ListingImportQuery.class)
                .maxBodyBytes(FileLimits.MAX_BYTES)
                .csvBody(ListingSheet.MAX_ROWS)
                .returns(ListingSheetReport.class)
                .problems(Listings.DUPLICATE_LISTING);
    }

    private Response export(Request request) {
        request.query(ListingExportQuery.class); // CSV is the only format
        return new Response(
                200,
                Map.of("Content-Disposition", FileName.attachment("listings.csv")),
                new Response.Body.Stream(
                        new ListingExport(listings, authentication.user(request)), ExportFormat.CSV.mediaType()));
    }

    private Response importFile(Request request) {
        return Response.ok(imports.run(
                authentication.user(request),
                request.csv(),
                request.query(ListingImportQuery.class).dryRun()));
    }
}
