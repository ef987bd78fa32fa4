namespace Bulkhead.Engine.Drivers.Http;

/// <summary>Scheme, host and port. Source: RFC 6454.</summary>
internal static class HttpOrigin
{
    public static bool Same(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port && string.Equals(one.IdnHost, other.IdnHost, StringComparison.OrdinalIgnoreCase);
}
