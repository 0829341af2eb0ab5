package dealbrain.transfer;

import dealbrain.accounts.Authentication;
import dealbrain.accounts.User;
import dealbrain.collections.DealCollection;
import dealbrain.collections.DealCollections;
import dealbrain.http.Access;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import java.util.List;
import java.util.Map;

/** The endpoints that export and import collections. */
final class TransferHandler {
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
                .operation("exportCollection")
                .summary("Export your own or a public collection as a file")
                .query(ExportQuery.class)
                .produces(Response.JSON, "text/csv")
                .streams()
                .sends(List.of("Content-Disposition"))
                .returns(CollectionFile.class);
        router.post("/api/v1/collections/import", this::importFile)
                .operation("importCollection")
                .summary("Create a private collection from an exported file, or append its items to a collection")
                .query(ImportQuery.class)
                .maxBodyBytes(FileLimits.MAX_BYTES)
                .body(CollectionFile.class)
                .creates(DealCollection.class)
                .returns(200, "The result of a dry run", ImportReport.class);
    }

    Response export(Request request) {
        ExportQuery query = request.query(ExportQuery.class);
        CollectionExport export =
                new CollectionExport(collections, request.pathLong("id"), authentication.viewer(request), query);
        return new Response(
                200,
                Map.of("Content-Disposition", FileName.attachment(export.fileName())),
                new Response.Body.Stream(export, query.format().mediaType()));
    }

    Response importFile(Request request) {
        User user = authentication.user(request);
        ImportQuery query = request.query(ImportQuery.class);
        CollectionFile file = request.body(CollectionFile.class);
        return query.dryRun()
                ? Response.ok(imports.check(user, file, query.collectionId()))
                : created(imports.create(user, file, query.collectionId()));
    }

    private static Response created(DealCollection collection) {
        return Response.created("/api/v1/collections/" + collection.id(), collection);
    }
}
