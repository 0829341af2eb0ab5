package dealbrain.http;

import dealbrain.json.InvalidInputException;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where what was thrown becomes a problem document. */
final class ProblemFilter implements Filter {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemFilter.class);

    private final Function<Throwable, Optional<ProblemException>> meaning;

    ProblemFilter(Function<Throwable, Optional<ProblemException>> meaning) {
        this.meaning = meaning;
    }

    @Override
    public Response filter(Request request, Handler next) {
        try {
            return next.handle(request);
        } catch (ProblemException e) {
            return ResponseRenderer.problem(request, e);
        } catch (InvalidInputException e) { // a merge patch is validated when it is applied
            return ResponseRenderer.problem(request, ProblemException.invalid(e.errors()));
        } catch (RuntimeException | Error e) { // an Error too ends the one request only
            return ResponseRenderer.problem(
                    request,
                    meaning.apply(e).map(known -> warned(request, known, e)).orElseGet(() -> bug(request, e)));
        }
    }

    /** Without the stack: there may be one for each request while the database is away. */
    private static ProblemException warned(Request request, ProblemException known, Throwable e) {
        LOG.atWarn()
                .addKeyValue("route", request.route().template())
                .addKeyValue("status", known.type().status())
                .addKeyValue("cause", e.getClass().getSimpleName())
                .log("a request could not be served");
        return known;
    }

    static ProblemException bug(Request request, Throwable e) {
        LOG.atError()
                .setCause(e)
                .addKeyValue("route", request.route().template())
                .log("a request failed by a fault of ours");
        return new ProblemException(ProblemType.INTERNAL, "the fault is ours; tell the operator the request_id");
    }
}
