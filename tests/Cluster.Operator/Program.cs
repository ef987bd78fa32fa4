using Bulkhead.Cluster.Operator;
using k8s;
using KubeOps.Abstractions.Builder;
using KubeOps.Operator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// args: kubeconfig, namespace, name of the operator, file for the turns
var builder = Host.CreateEmptyApplicationBuilder(null);
builder.Services.AddSingleton(KubernetesClientConfiguration.BuildConfigFromConfigFile(args[0]));
builder.Services.AddSingleton(new TurnLog(args[3]));
builder.Services
    .AddKubernetesOperator(settings =>
    {
        settings.Name = args[2];
        settings.Namespace = args[1];
        settings.LeaderElectionType = LeaderElectionType.Single;
        settings.AutoAttachFinalizers = false;
    })
    .AddController<TurnController, Widget>();
await builder.Build().RunAsync();
