using Bulkhead.Cli.Commands;

return await RootCommands.Create().InvokeAsync(args);
