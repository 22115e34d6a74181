using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Cpu;

/// <summary>Memory protection as the core asks for it: on accesses without a direct pointer, and when it makes such pointers.</summary>
public sealed unsafe partial class Core
{
    private (bool Protected, bool Privileged) _rights;

    /// <summary>The MPU checks now: it is on, and not bypassed by HardFault, NMI or FAULTMASK (DDI0403 B3.5.3).</summary>
    private bool MpuActive => Mpu.Enabled && (Mpu.ChecksHardFault || Nvic.ExecutionPriority >= 0);

    partial void CheckAccess(uint address, AccessKind kind, bool privileged)
    {
        if (Permits(address, kind, privileged)) return;
        throw new CoreFault(kind == AccessKind.Fetch ? FaultKind.InstructionAccess : FaultKind.DataAccess, address);
    }

    private bool Permits(uint address, AccessKind kind, bool privileged)
    {
        if (!MpuActive) return kind != AccessKind.Fetch || !Mpu.IsExecuteNeverByDefault(address);
        var needed = Needed(kind, privileged);
        return (Mpu.AccessAt(address) & needed) == needed;
    }

    private static MpuAccess Needed(AccessKind kind, bool privileged) => kind switch
    {
        AccessKind.Write => privileged ? MpuAccess.PrivilegedWrite : MpuAccess.UserWrite,
        AccessKind.Read => privileged ? MpuAccess.PrivilegedRead : MpuAccess.UserRead,
        _ => MpuAccess.Execute | (privileged ? MpuAccess.PrivilegedRead : MpuAccess.UserRead),
    };

    partial void PageRights(uint page, ref bool read, ref bool write, ref bool fetch)
    {
        const int PageBits = 12;
        if (MpuActive)
        {
            bool uniform = Mpu.IsUniform(page, PageBits), privileged = Privileged;
            read &= uniform && Permits(page, AccessKind.Read, privileged);
            write &= uniform && Permits(page, AccessKind.Write, privileged);
            fetch &= uniform && Permits(page, AccessKind.Fetch, privileged);
        }
        else
        {
            fetch &= !Mpu.IsExecuteNeverByDefault(page);
        }
        if (!Dwt.Watches(page, PageBits) && DebugPoints?.WatchesPage(page) != true) return;
        read = write = false;
    }

    partial void PrivilegeHook()
    {
        if (Nvic is null) return;       // during construction
        _floatReady = false;
        RefreshRights();
    }

    /// <summary>Drops direct pointers if what the MPU allows has changed.</summary>
    private void RefreshRights()
    {
        var rights = (MpuActive, Privileged);
        if (rights == _rights) return;
        bool matters = rights.MpuActive || _rights.Protected;
        _rights = rights;
        if (matters) FlushAccess();
    }
}
