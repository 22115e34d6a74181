namespace SharpProbe.Dfu;

/// <summary>bState (DFU 1.1, A.1.2).</summary>
public enum DfuState : byte
{
    Idle = 2,
    DownloadSync = 3,
    DownloadBusy = 4,
    DownloadIdle = 5,
    ManifestSync = 6,
    Manifest = 7,
    UploadIdle = 9,
    Error = 10,
}
