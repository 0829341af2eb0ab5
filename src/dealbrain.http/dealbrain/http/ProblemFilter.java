package dealbrain.http;

import dealbrain.json.InvalidInputException;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns exceptions into problem documents. The only place that does so, but for responses that cannot be written. */
final class ProblemFilter implements Filter {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemFilter.class);

    private final Function<Throwable, Optional<ProblemException>> exceptionMapper;

    ProblemFilter(Function<Throwable, Optional<ProblemException>> exceptionMapper) {
        this.exceptionMapper = exceptionMapper;
    }

    @Override
    public Response filter(Request request, Handler next) {
        try {
            return next.handle(request);
        } catch (ProblemException e) {
            return ResponseRenderer.problem(request, e);
        } catch (InvalidInputException e) { // a merge patch is validated when it is applied
            return ResponseRenderer.problem(request, ProblemException.invalid(e.errors()));
        } catch (RuntimeException | Error e) { // an Error, such as a stack overflow, must not end the server
            return ResponseRenderer.problem(request, toProblem(request, e));
        }
    }

    private ProblemException toProblem(Request request, Throwable e) {
        Optional<ProblemException> mapped = exceptionMapper.apply(e);
        mapped.ifPresent(problem -> logMapped(request, problem, e));
        return mapped.orElseGet(() -> internalError(request, e));
    }

    /** Logs no stack trace, because every request may fail while a dependency is unavailable. */
    private static void logMapped(Request request, ProblemException problem, Throwable e) {
        LOG.atWarn()
                .addKeyValue("route", request.route().template())
                .addKeyValue("status", problem.type().status())
                .addKeyValue("cause", e.getClass().getSimpleName())
                .log("request failed: service unavailable");
    }

    /** Logs a bug, and returns a problem without details of it. */
    static ProblemException internalError(Request request, Throwable e) {
        LOG.atError()
                .setCause(e)
                .addKeyValue("route", request.route().template())
                .log("request failed: internal error");
        return new ProblemException(ProblemType.INTERNAL, "internal error; report the request_id to the operator");
    }
}
