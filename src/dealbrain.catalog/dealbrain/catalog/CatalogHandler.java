package dealbrain.catalog;

import dealbrain.accounts.Authentication;
import dealbrain.catalog.PartImport.PartImportReport;
import dealbrain.http.Access;
import dealbrain.http.CountMode;
import dealbrain.http.PagedQuery;
import dealbrain.http.Response;
import dealbrain.http.Router;
import dealbrain.json.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The endpoints under {@code /api/v1/catalog}: the same five for each kind of part, and the import of CPUs. */
final class CatalogHandler {
    /** The query of a list of parts; {@code q} are words of the name or their beginnings. */
    record PartQuery(
            @Nullable @Size(max = 200) String q,
            @Default("20") @Min(1) @Max(100) int limit,
            @Default("0") @Min(0) @Max(MAX_OFFSET) int offset,
            @Nullable @Size(max = MAX_CURSOR) String cursor,
            @Default("\"limited\"") CountMode count)
            implements PagedQuery {}

    private static final int MAX_ROWS = 5000;

    private final PartService parts;
    private final PartImport imports;
    private final Authentication authentication;

    CatalogHandler(PartService parts, PartImport imports, Authentication authentication) {
        this.parts = parts;
        this.imports = imports;
        this.authentication = authentication;
    }

    void routes(Router router) {
        PartKind.all().forEach(kind -> routes(router, kind));
        router.put(
                        "/api/v1/catalog/cpus/import",
                        request -> Response.ok(imports.run(authentication.user(request), PartKind.CPU, request.csv())))
                .access(Access.ADMIN)
                .operation("importCpus")
                .summary("Create and change CPUs by a CSV file")
                .csvBody(MAX_ROWS)
                .returns(PartImportReport.class);
    }

    private <P extends Part, I extends Record & PartInput> void routes(Router router, PartKind<P, I> kind) {
        String all = "/api/v1/catalog/" + kind.path();
        String one = all + "/{id}";
        String name = kind.type().getSimpleName();
        router.get(all, request -> Response.ok(parts.list(kind, request.query(PartQuery.class))))
                .operation("list" + name + "s")
                .summary("List " + kind.path())
                .query(PartQuery.class)
                .returnsPageOf(kind.type());
        router.get(one, request -> Response.ok(parts.get(kind, request.pathLong("id"))))
                .operation("get" + name)
                .summary("Get one of the " + kind.path())
                .returns(kind.type());
        router.post(all, request -> {
                    P created = parts.create(kind, request.body(kind.input()));
                    return Response.created(all + "/" + created.id(), created);
                })
                .operation("create" + name)
                .summary("Add to the " + kind.path())
                .body(kind.input())
                .creates(kind.type())
                .problems(PartService.DUPLICATE_COMPONENT);
        router.patch(
                        one,
                        request -> Response.ok(parts.update(
                                authentication.user(request),
                                kind,
                                request.pathLong("id"),
                                request.ifMatch(),
                                request.patch(kind.input())::applyTo)))
                .access(Access.ADMIN)
                .supportsIfMatch()
                .operation("update" + name)
                .summary("Change one of the " + kind.path())
                .patch(kind.input())
                .returns(kind.type())
                .problems(PartService.DUPLICATE_COMPONENT);
        router.delete(one, request -> {
                    parts.delete(authentication.user(request), kind, request.pathLong("id"), request.ifMatch());
                    return Response.noContent();
                })
                .access(Access.ADMIN)
                .supportsIfMatch()
                .operation("delete" + name)
                .summary("Delete one of the " + kind.path())
                .returnsNothing()
                .problems(PartService.COMPONENT_IN_USE);
    }
}
