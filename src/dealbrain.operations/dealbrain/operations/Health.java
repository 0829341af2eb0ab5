package dealbrain.operations;

/** Whether the service is well; each part is {@code ok}, {@code degraded}, {@code down}, or {@code off} where it is not used. */
public record Health(String status, String database, String cache, String migrations) {}
