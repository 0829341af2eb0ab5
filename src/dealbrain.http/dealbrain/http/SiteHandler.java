package dealbrain.http;

/** The files that browsers and crawlers request from every host: icons and {@code robots.txt}. */
final class SiteHandler {
    /**
     * Allows everything, because a crawler must fetch a page to read that it must not be indexed, and a messenger to
     * show a preview of it. Pages and the responses of the API have {@code noindex} where they are not for search
     * engines.
     */
    private static final String ROBOTS = """
            # Shared pages may be fetched, for previews. They have "noindex".
            User-agent: *
            Disallow:
            """;

    private SiteHandler() {}

    static void routes(Router router) {
        router.get("/favicon.ico", _ -> file("favicon.ico", "image/x-icon"))
                .access(Access.PUBLIC)
                .operation("getFaviconIco")
                .linked()
                .summary("The icon of the pages, for old browsers")
                .produces("image/x-icon")
                .returns(String.class);
        router.get("/favicon.svg", _ -> file("favicon.svg", "image/svg+xml"))
                .access(Access.PUBLIC)
                .operation("getFaviconSvg")
                .linked()
                .summary("The icon of the pages")
                .produces("image/svg+xml")
                .returns(String.class);
        router.get("/robots.txt", _ -> Response.text(200, "text/plain; charset=utf-8", ROBOTS))
                .access(Access.PUBLIC)
                .operation("getRobotsTxt")
                .linked()
                .summary("The rules for crawlers")
                .produces("text/plain; charset=utf-8")
                .returns(String.class);
    }

    private static Response file(String name, String mediaType) {
        return Response.bytes(200, mediaType, Resources.bytes(name)).with("Cache-Control", "max-age=86400");
    }
}
