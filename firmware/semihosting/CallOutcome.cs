namespace SharpProbe.Hosting;

/// <summary>How far a call came.</summary>
enum CallOutcome : byte
{
    /// <summary>The target did not stop at a semihosting call.</summary>
    None,

    /// <summary>Its answer is in r0; the program goes on.</summary>
    Done,

    /// <summary>gdb has been asked, by the packet in its reply; it answers with an F packet.</summary>
    Asked,

    /// <summary>The program has ended.</summary>
    Exited,

    /// <summary>The wire has failed.</summary>
    Failed,
}
