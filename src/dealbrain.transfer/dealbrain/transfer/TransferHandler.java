package dealbrain.transfer;

import dealbrain.accounts.Authentication;
import dealbrain.accounts.User;
import dealbrain.collections.DealCollection;
import dealbrain.collections.DealCollections;
import dealbrain.http.Access;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import java.util.Map;

/** The endpoints that export and import collections. */
final class TransferHandler {
    private static final int EIGHT_MEBIBYTES = 8 << 20;

    private final DealCollections collections;
    private final ImportService imports;
    private final Authentication authentication;

    TransferHandler(DealCollections collections, ImportService imports, Authentication authentication) {
        this.collections = collections;
        this.imports = imports;
        this.authentication = authentication;
    }

    void routes(Router router) {
        router.get("/api/v1/collections/{id}/export", this::export)
                .access(Access.OPTIONAL)
                .summary("Export your own or a public collection as a file")
                .query(ExportQuery.class)
                .produces(Response.JSON, "text/csv")
                .returns(CollectionFile.class);
        router.post("/api/v1/collections/import", this::importFile)
                .access(Access.WRITE)
                .summary("Create a private collection from an exported file")
                .query(ImportQuery.class)
                .maxBodyBytes(EIGHT_MEBIBYTES)
                .body(CollectionFile.class)
                .creates(DealCollection.class)
                .returns(200, "The result of a dry run", ImportReport.class);
    }

    Response export(Request request) {
        ExportFormat format = request.query(ExportQuery.class).format();
        CollectionExport export =
                new CollectionExport(collections, request.pathLong("id"), authentication.viewer(request), format);
        return new Response(
                200,
                Map.of("Content-Disposition", FileName.attachment(export.fileName())),
                new Response.Body.Stream(export, format.mediaType()));
    }

    Response importFile(Request request) {
        User user = authentication.user(request);
        boolean dryRun = request.query(ImportQuery.class).dryRun();
        CollectionFile file = request.body(CollectionFile.class);
        return dryRun ? Response.ok(imports.check(user, file)) : created(imports.create(user, file));
    }

    private static Response created(DealCollection collection) {
        return Response.created("/api/v1/collections/" + collection.id(), collection);
    }
}
