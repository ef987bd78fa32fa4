using Bulkhead.Operator.Hosting;

return await OperatorCommand.Create().Parse(args).InvokeAsync();
