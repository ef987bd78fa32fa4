using System.Reflection;
using KubeOps.Abstractions.Builder;
using KubeOps.Abstractions.Entities;
using KubeOps.Abstractions.Entities.Attributes;
using KubeOps.KubernetesClient;
using Microsoft.Extensions.DependencyInjection;

namespace KubeOps.Operator.Builder;

/// <summary>A controller and what it watches.</summary>
internal sealed record PipelineRegistration(Type Controller, Type Entity)
{
    public Func<IServiceProvider, CancellationToken, ValueTask<string?>>? LabelSelector { get; init; }

    public Func<IServiceProvider, CancellationToken, ValueTask<string?>>? FieldSelector { get; init; }

    private bool IsClusterScoped => Entity.GetCustomAttribute<EntityScopeAttribute>()?.Scope == EntityScope.Cluster;

    public async Task<WatchScope> ScopeAsync(IServiceProvider services, CancellationToken ct) => new(
        IsClusterScoped ? null : services.GetRequiredService<OperatorSettings>().Namespace,
        LabelSelector is null ? null : await LabelSelector(services, ct),
        FieldSelector is null ? null : await FieldSelector(services, ct));
}
