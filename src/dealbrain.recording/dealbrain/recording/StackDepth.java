package dealbrain.recording;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The number of frames of stacks in recordings. By default there are 64, the innermost ones, which is too few: requests
 * are processed by up to a hundred calls. Only a diagnostic command can change it, before the first recording.
 */
final class StackDepth {
    private static final Logger LOG = LoggerFactory.getLogger(StackDepth.class);
    private static final String FRAMES = "256";
    private static final AtomicBoolean RAISED = new AtomicBoolean();

    private StackDepth() {}

    /** Raises the number once. Without effect if another recording was made before; then callers are unknown. */
    static void raise() {
        if (RAISED.getAndSet(true)) {
            return;
        }
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "jfrConfigure",
                            new Object[] {new String[] {"stackdepth=" + FRAMES}},
                            new String[] {String[].class.getName()});
        } catch (JMException e) {
            LOG.atWarn().setCause(e).log("recordings have stacks of 64 frames only");
        }
    }
}
