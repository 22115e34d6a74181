namespace System.Runtime.InteropServices;

/// <summary>ilc looks it up; nothing implements it.</summary>
public interface IDynamicInterfaceCastable
{
    RuntimeTypeHandle GetDynamicInterfaceImplementation(RuntimeTypeHandle interfaceType);
}
