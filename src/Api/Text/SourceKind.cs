namespace Bulkhead.Api.Text;

/// <summary>The six kinds of JSON values.</summary>
public enum SourceKind
{
    Null,
    Boolean,
    Number,
    Text,
    List,
    Map,
}
