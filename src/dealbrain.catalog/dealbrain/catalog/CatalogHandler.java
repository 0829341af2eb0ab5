package dealbrain.catalog;

import dealbrain.http.Access;
import dealbrain.http.Response;
import dealbrain.http.Router;

/** The endpoints under {@code /api/v1/catalog}: the same five for each kind of part. */
public final class CatalogHandler {
    private final Catalog catalog;

    public CatalogHandler(Catalog catalog) {
        this.catalog = catalog;
    }

    public void routes(Router router) {
        routes(router, "cpus", catalog.cpus(), Cpu.class, CpuInput.class);
        routes(router, "gpus", catalog.gpus(), Gpu.class, GpuInput.class);
        routes(router, "ram-specs", catalog.ramSpecs(), RamSpec.class, RamSpecInput.class);
        routes(router, "storage-profiles", catalog.storageProfiles(), StorageProfile.class, StorageProfileInput.class);
        routes(router, "ports-profiles", catalog.portsProfiles(), PortsProfile.class, PortsProfileInput.class);
        routes(router, "scoring-profiles", catalog.scoringProfiles(), ScoringProfile.class, ScoringProfileInput.class);
        routes(router, "rulesets", catalog.rulesets(), Ruleset.class, RulesetInput.class);
    }

    private static <P extends Part, I extends Record & PartInput> void routes(
            Router router, String kind, PartService<P, I> parts, Class<P> type, Class<I> input) {
        String all = "/api/v1/catalog/" + kind;
        String one = all + "/{id}";
        router.get(all, request -> {
                    PartQuery query = request.query(PartQuery.class);
                    return Response.ok(parts.list(query.q(), query.page()));
                })
                .summary("Find " + kind)
                .query(PartQuery.class)
                .returnsPageOf(type);

        router.get(one, request -> Response.ok(parts.get(request.pathLong("id"))))
                .summary("One of the " + kind)
                .returns(type);

        router.post(all, request -> {
                    P made = parts.create(request.body(input));
                    return Response.created(all + "/" + made.id(), made);
                })
                .access(Access.WRITE)
                .summary("Add to the " + kind)
                .body(input)
                .creates(type)
                .problems(PartService.DUPLICATE_COMPONENT);

        router.patch(
                        one,
                        request -> Response.ok(
                                parts.update(request.pathLong("id"), request.ifMatch(), request.patch(input)::applyTo)))
                .access(Access.ADMIN)
                .supportsIfMatch()
                .summary("Change one of the " + kind)
                .patch(input)
                .returns(type)
                .problems(PartService.DUPLICATE_COMPONENT);

        router.delete(one, request -> {
                    parts.delete(request.pathLong("id"), request.ifMatch());
                    return Response.noContent();
                })
                .access(Access.ADMIN)
                .supportsIfMatch()
                .summary("Delete one of the " + kind)
                .returnsNothing()
                .problems(PartService.COMPONENT_IN_USE);
    }
}
