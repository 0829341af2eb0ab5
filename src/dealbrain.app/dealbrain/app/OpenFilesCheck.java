package dealbrain.app;

import dealbrain.http.OpenFiles;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs one warning when the open files approach their limit, and one line when they no longer do. */
final class OpenFilesCheck implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenFilesCheck.class);

    private final Supplier<OpenFiles> openFiles;
    private boolean scarce;

    OpenFilesCheck(Supplier<OpenFiles> openFiles) {
        this.openFiles = openFiles;
    }

    @Override
    public void run() {
        OpenFiles now = openFiles.get();
        if (now.areScarce() == scarce) {
            return;
        }
        scarce = now.areScarce();
        (scarce ? LOG.atWarn() : LOG.atInfo())
                .addKeyValue("used", now.used())
                .addKeyValue("limit", now.limit())
                .log(
                        scarce
                                ? "open files near their limit: further connections may be closed; raise the limit, or"
                                        + " find out which clients open so many connections"
                                : "open files below their limit again");
    }
}
