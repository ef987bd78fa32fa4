using System.Text.Json.Serialization;

namespace Bulkhead.Api.Contract;

/// <summary>What a workflow may reach by plain URL, without a declared connection.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PlainHttp>))]
public enum PlainHttp
{
    /// <summary>Nothing: only declared connections.</summary>
    None,

    /// <summary>Public addresses; never loopback, private, link-local or metadata addresses.</summary>
    Public,

    /// <summary>Every address, the machine's own included.</summary>
    Any,
}
