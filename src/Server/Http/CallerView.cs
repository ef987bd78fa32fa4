namespace Bulkhead.Server.Http;

/// <summary>Who the server takes the caller for (<c>GET /v1/me</c>).</summary>
internal sealed record CallerView(string TenantId, string UserId, IReadOnlyList<string> Roles);
