package dealbrain.notifications;

/** How many notifications became read. */
public record MarkedCount(int markedCount) {}
