package dealbrain.http;

/** A body that contains one page of a list. It is sent as it is, with the headers of the page. */
public interface PagedBody {
    PagedList<?> page();
}
