package dealbrain.http;

/** The HTML page of a problem, for people whose browser shows the response: of one occurrence, or of its type. */
final class ProblemPage {
    /** The page has no scripts, no forms and no images but its icon; its one style sheet is in the template. */
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none'; "
                    + "frame-ancestors 'none'";

    private static final String TEMPLATE = Resources.text("problem.html");

    private ProblemPage() {}

    /** Returns the page of a problem document. */
    static Response of(Problem problem, ProblemType type, PublicUrl publicUrl) {
        // nothing below the advice if the occurrence has no more to say
        String details = problem.detail().equals(type.advice()) ? "" : problem.detail();
        return page(problem.status(), type, type.advice(), "request_id: " + problem.requestId(), details, publicUrl);
    }

    /** Returns the page of a type, with its advice. */
    static Response of(ProblemType type, String advice, PublicUrl publicUrl) {
        return page(200, type, advice, "", "", publicUrl);
    }

    private static Response page(
            int status, ProblemType type, String advice, String request, String details, PublicUrl publicUrl) {
        String page = TEMPLATE.replace("{base}", escaped(publicUrl.relative("")))
                .replace("{title}", escaped(type.title()))
                .replace("{status}", Integer.toString(type.status()))
                .replace("{code}", escaped(type.code()))
                .replace("{advice}", escaped(advice))
                .replace("{request}", escaped(request))
                .replace("{details}", escaped(details)); // last, because it contains texts of the client
        return Response.text(status, Response.HTML, page)
                .with("Content-Security-Policy", POLICY)
                .with("Referrer-Policy", "no-referrer")
                .with("X-Robots-Tag", "noindex");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
