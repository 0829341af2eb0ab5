package dealbrain.perf;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** An HTTP request as bytes, which are made once and sent many times. */
@SuppressWarnings("ArrayRecordComponent") // requests are not compared
record RawRequest(byte[] bytes) {
    static RawRequest get(String path) {
        return request("GET", path, Map.of(), "");
    }

    /** Returns a GET with the token of the data set. */
    static RawRequest authorizedGet(String path) {
        return authorizedGet(path, DataSet.TOKEN);
    }

    static RawRequest authorizedGet(String path, String token) {
        return request("GET", path, Map.of("Authorization", "Bearer " + token), "");
    }

    /** Returns a GET with the token of the data set and more headers. */
    static RawRequest authorizedGet(String path, Map<String, String> headers) {
        return request("GET", path, with("Authorization", "Bearer " + DataSet.TOKEN, headers), "");
    }

    /** Returns a GET of a page with the session of the data set. */
    static RawRequest signedInGet(String path, Map<String, String> headers) {
        return request("GET", path, with("Cookie", "dealbrain=" + DataSet.SESSION, headers), "");
    }

    private static Map<String, String> with(String name, String value, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put(name, value);
        return all;
    }

    /** Returns a POST of JSON with the token of the data set. */
    static RawRequest authorizedPost(String path, String json) {
        return authorized("POST", path, json);
    }

    /** Returns a PATCH of JSON with the token of the data set. */
    static RawRequest authorizedPatch(String path, String json) {
        return authorized("PATCH", path, json);
    }

    private static RawRequest authorized(String method, String path, String json) {
        return request(
                method,
                path,
                Map.of("Authorization", "Bearer " + DataSet.TOKEN, "Content-Type", "application/json"),
                json);
    }

    private static RawRequest request(String method, String path, Map<String, String> headers, String body) {
        StringBuilder text =
                new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: perf\r\n");
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        if (content.length > 0) {
            text.append("Content-Length: ").append(content.length).append("\r\n");
        }
        byte[] head = text.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[head.length + content.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(content, 0, all, head.length, content.length);
        return new RawRequest(all);
    }
}
