namespace Bulkhead.Server.Access;

/// <summary>Whose something is. Users of two tenants are two users, whatever they are called.</summary>
internal readonly record struct Owner(string TenantId, string UserId)
{
    public override string ToString() => $"{TenantId}/{UserId}";
}
