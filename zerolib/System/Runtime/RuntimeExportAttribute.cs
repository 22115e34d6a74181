namespace System.Runtime;

/// <summary>The method is also a global linker symbol of this name. No transition code: fit for interrupt handlers.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RuntimeExportAttribute(string entry) : Attribute
{
    public string EntryPoint { get; } = entry;
}
