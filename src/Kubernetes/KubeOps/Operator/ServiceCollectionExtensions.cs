using KubeOps.Abstractions.Builder;
using KubeOps.Operator.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace KubeOps.Operator;

/// <summary>Adds an operator to a host.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Registers the runtime, a client (from <c>KubernetesClientConfiguration</c> where one is registered, else the default) and the health
    /// check <c>kubernetes</c>. Controllers and finalizers are added to what is returned.
    /// </summary>
    public static IOperatorBuilder AddKubernetesOperator(this IServiceCollection services, Action<OperatorSettingsBuilder>? configure = null)
    {
        var builder = new OperatorSettingsBuilder();
        configure?.Invoke(builder);
        return new OperatorBuilder(services, builder.Build());
    }
}
