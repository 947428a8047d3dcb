// Tells Streamlit's page where its server is. Without this, a page below "/" first asks at addresses that do not exist.
window.__streamlit = { BACKEND_BASE_URL: `${location.origin}/` };
