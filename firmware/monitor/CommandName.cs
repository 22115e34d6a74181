using System;

namespace SharpProbe.Monitoring;

/// <summary>Names of commands and of their arguments: any prefix will do.</summary>
static class CommandName
{
    public static bool Matches(string name, ReadOnlySpan<byte> typed)
    {
        if (typed.Length > name.Length) return false;
        for (int i = 0; i < typed.Length; i++)
            if (typed[i] != name[i]) return false;
        return true;
    }
}
