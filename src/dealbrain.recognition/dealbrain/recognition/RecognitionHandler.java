package dealbrain.recognition;

import dealbrain.http.Access;
import dealbrain.http.ProblemException;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import dealbrain.json.InputError;
import java.util.List;

/** The endpoint that drafts a listing from an offer. */
final class RecognitionHandler {
    private static final int MAX_BYTES = 256 * 1024;

    private final OfferParser parser;

    RecognitionHandler(OfferParser parser) {
        this.parser = parser;
    }

    void routes(Router router) {
        router.post("/api/v1/listings/parse", this::parse)
                .access(Access.READ)
                .operation("parseOffer")
                .summary("Draft a listing from the title, the text or the page of an offer")
                .maxBodyBytes(MAX_BYTES)
                .body(ParseInput.class)
                .returns(ParseResult.class);
    }

    private Response parse(Request request) {
        ParseInput input = request.body(ParseInput.class);
        if (input.isBlank()) {
            throw ProblemException.invalid(
                    List.of(InputError.at("", "one of title, text, url, json_ld and html must be given")));
        }
        return Response.ok(parser.parse(input));
    }
}
