package dealbrain.recording;

import jdk.jfr.Category;
import jdk.jfr.Contextual;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/**
 * The processing of one request by its thread. Its fields are contextual: tools show them with all events that this
 * thread records meanwhile, such as its samples.
 */
@Name(RequestEvent.NAME)
@Label("Request")
@Category("dealbrain")
@StackTrace(false)
final class RequestEvent extends Event {
    static final String NAME = "dealbrain.Request";

    /** Method and path template; null until the request was read. */
    @Contextual
    @Label("Route")
    @Nullable
    String route;

    @Contextual
    @Label("Request Id")
    @Nullable
    String requestId;
}
