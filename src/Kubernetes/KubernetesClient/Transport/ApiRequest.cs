using k8s.Models;

namespace k8s;

/// <summary>One request to the API server.</summary>
internal sealed record ApiRequest(HttpMethod Method, string Path)
{
    /// <summary>Query parameters; those without a value are left out.</summary>
    public IReadOnlyList<(string Name, string? Value)> Query { get; init; } = [];

    /// <summary>Null: no body. A <see cref="V1Patch"/> brings its own content type.</summary>
    public object? Body { get; init; }

    public string PathAndQuery
    {
        get
        {
            var pairs = Query.Where(q => q.Value is not null).Select(q => $"{q.Name}={Uri.EscapeDataString(q.Value!)}");
            var query = string.Join('&', pairs);
            return query.Length == 0 ? Path : $"{Path}?{query}";
        }
    }

    /// <summary>A request that may be sent twice without harm.</summary>
    public bool IsSafe => Method == HttpMethod.Get;
}
