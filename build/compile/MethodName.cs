namespace SharpProbe.Build.Compile;

/// <summary>A compiled method: the linker's name and the parts of the C# name. Size in bytes is ilc's own.</summary>
sealed record MethodName(string LinkerName, string Namespace, string Type, string Name, int Size)
{
    /// <summary>As a crash report shows it: SharpProbe.App.Program.Main.</summary>
    public string FullName => string.Join('.', new[] { Namespace, Type, Name }.Where(part => part != ""));

    /// <summary>The core library's namespaces are not listed one by one in crash reports.</summary>
    public bool IsProduct => Namespace.StartsWith("SharpProbe", StringComparison.Ordinal) && Namespace != "SharpProbe.Intrinsics";
}
