package dealbrain.inbox;

import com.fasterxml.jackson.annotation.JsonSubTypes;

/** A share as a viewer sees it: complete, or a preview. The annotation is for the OpenAPI document. */
@JsonSubTypes({@JsonSubTypes.Type(UserShare.class), @JsonSubTypes.Type(UserSharePreview.class)})
sealed interface UserShareView permits UserShare, UserSharePreview {}
