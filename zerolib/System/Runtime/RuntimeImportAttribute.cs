namespace System.Runtime;

/// <summary>An extern method is the linker symbol of this name.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RuntimeImportAttribute : Attribute
{
    public RuntimeImportAttribute(string entry) => EntryPoint = entry;
    public RuntimeImportAttribute(string dllName, string entry) => (DllName, EntryPoint) = (dllName, entry);

    public string? DllName { get; }
    public string EntryPoint { get; }
}
